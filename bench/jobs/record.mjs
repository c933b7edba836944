// Module hooks that tell which files of a folder were really loaded.
let port
let folder

export function initialize(data) {
  port = data.port
  folder = data.folder
}

export async function load(url, context, next) {
  if (url.startsWith(folder)) port.postMessage(url)
  return next(url, context)
}
