// The samples that the page offers: one file each, one line here.
import { berths } from './berths.js'
import { buoy } from './buoy.js'
import { charter } from './charter.js'
import { harbour } from './harbour.js'

export const samples = [harbour, berths, charter, buoy]
