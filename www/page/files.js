import { byId } from './dom.js'

const mostBytes = 20 * 2 ** 20

/** Reads a text file that is chosen or dropped, and hands its text over. */
export function startFiles({ read, fail }) {
  const picker = byId('file')
  const area = byId('drop')
  const take = async (file) => {
    if (!file) return
    if (file.size > mostBytes) return fail(tooLarge(file))
    read(await file.text(), file.name)
  }
  picker.addEventListener('change', () => {
    take(picker.files[0]).catch(fail)
    picker.value = ''
  })
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files')
  // A file that misses the field would replace the page.
  for (const type of ['dragover', 'drop'])
    addEventListener(type, (event) => carriesFiles(event) && event.preventDefault())
  area.addEventListener('dragenter', (event) => area.classList.toggle('dropping', carriesFiles(event)))
  area.addEventListener('dragleave', (event) => area.contains(event.relatedTarget) || area.classList.remove('dropping'))
  area.addEventListener('drop', (event) => {
    area.classList.remove('dropping')
    if (!carriesFiles(event)) return
    event.preventDefault()
    take(event.dataTransfer.files[0]).catch(fail)
  })
}

function tooLarge({ name, size }) {
  const message = `${name} has ${(size / 2 ** 20).toFixed(0)} MB, and the text field takes ${mostBytes / 2 ** 20}; the package itself takes more`
  return Object.assign(new Error(message), { code: 'file_too_large' })
}
