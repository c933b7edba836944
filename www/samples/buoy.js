// A log: hundreds of lines that say nothing new, and a few that do.
const start = Date.UTC(2026, 3, 2, 3, 0, 0)
const minute = 60_000

const at = (minutes, seconds = 0) => new Date(start + minutes * minute + seconds * 1000).toISOString()

/** One reading each five minutes; the numbers drift so that no two lines are alike. */
const reading = (index) => {
  const wave = (1.2 + ((index * 7) % 11) / 10).toFixed(1)
  const wind = 14 + ((index * 5) % 9)
  return `${at(index * 5)} INFO  gateway.ingest station=hallin-3 seq=${48_210 + index} wind=${wind}kn wave=${wave}m battery=${(12.6 - index * 0.01).toFixed(2)}V accepted`
}

const events = new Map([
  [9, [`${at(45, 12)} WARN  modem.link station=hallin-3 rssi=-113dBm below threshold -110dBm, retry 1 of 5`]],
  [
    22,
    [
      `${at(110, 3)} ERROR mooring.watch station=hallin-3 position 54.8123N 8.2217E is 312 m from its anchor point, limit 120 m`,
      `${at(110, 4)} ERROR mooring.watch station=hallin-3 alarm 7731 raised: buoy adrift, drift 0.8 kn towards 048`,
    ],
  ],
  [
    24,
    [
      `${at(120, 41)} WARN  alarm.dispatch alarm=7731 coastguard mailbox refused: 452 insufficient storage, next try in 600 s`,
    ],
  ],
  [26, [`${at(130, 42)} INFO  alarm.dispatch alarm=7731 delivered to coastguard, acknowledged by operator Tolland`]],
])

const lines = Array.from({ length: 36 }, (_, index) => [reading(index), ...(events.get(index) ?? [])]).flat()

export const buoy = {
  id: 'buoy',
  name: 'Log',
  text: lines.join('\n'),
  query: 'Why did the alarm about the drifting buoy reach the coastguard late?',
  tier: 'auto',
  share: 20,
}
