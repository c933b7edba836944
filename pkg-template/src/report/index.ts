// Reports for people: a module of its own, because most programs never write one.
export { toHtml } from './html'
export { toMarkdown } from './markdown'
