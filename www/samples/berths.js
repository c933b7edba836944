// What a tool gives back: rows of one shape, which say their field names over and over.
const rows = [
  ['B-101', 'Alder Wren', 'sloop', 9.4, 1.6, 'NL', 'occupied', true],
  ['B-102', 'Merganser', 'ketch', 13.2, 1.9, 'DE', 'occupied', true],
  ['B-103', null, null, null, null, null, 'free', false],
  ['B-104', 'Second Thought', 'sloop', 10.1, 1.8, 'GB', 'reserved', false],
  ['B-105', 'Ninefathom', 'cutter', 12.6, 2.1, 'FR', 'occupied', true],
  ['B-106', 'Petrel', 'motor', 8.2, 0.9, 'NL', 'occupied', false],
  ['B-107', null, null, null, null, null, 'free', false],
  ['B-108', 'Low Saturday', 'sloop', 11.0, 1.7, 'DK', 'occupied', true],
  ['B-109', 'Kittiwake', 'yawl', 9.9, 1.5, 'GB', 'overdue', true],
  ['B-110', 'Ostrea', 'motor', 14.8, 1.2, 'BE', 'occupied', true],
  ['B-111', 'Little Auk', 'sloop', 7.3, 1.1, 'NL', 'occupied', false],
  ['B-112', 'Harrier', 'schooner', 21.5, 2.9, 'SE', 'reserved', false],
  ['B-113', null, null, null, null, null, 'repair', false],
  ['B-114', 'Tern of Hallin', 'sloop', 10.6, 1.8, 'NO', 'occupied', true],
  ['B-115', 'Marguerite', 'motor', 12.0, 1.0, 'FR', 'occupied', true],
  ['B-116', 'Quiet Word', 'ketch', 15.1, 2.2, 'GB', 'overdue', true],
  ['B-117', 'Sandpiper', 'sloop', 8.8, 1.4, 'NL', 'occupied', false],
  ['B-118', null, null, null, null, null, 'free', false],
]

const berth = ([id, name, rig, length, draught, flag, status, power]) => ({
  berth: id,
  status,
  vessel: name && { name, rig, lengthMetres: length, draughtMetres: draught, flag },
  services: { water: true, power },
})

export const berths = {
  id: 'berths',
  name: 'Tool result',
  text: JSON.stringify({ harbour: 'Skerrow', asOf: '2026-04-02T06:00:00Z', berths: rows.map(berth) }, null, 2),
  tier: 'complete',
  share: null,
}
