// Several documents and a question that two of them answer.
const documents = [
  {
    title: 'Approach to Skerrow Harbour',
    text: `Skerrow Harbour lies on the north side of the bay, sheltered from the west by the Hallin peninsula. Vessels coming from seaward pass the fairway buoy two miles south-west of the entrance and follow the leading line of the two white beacons on the church hill. The channel is marked by lateral buoys and is dredged to 6.2 metres below chart datum. Outside the channel the bottom rises quickly, and the patch called Old Wife's Table dries at low water springs. In strong onshore winds a steep sea builds up over the bar. Small craft should then wait for the second half of the flood. The pilot station answers on channel 12 and asks for two hours' notice. Anchoring is not allowed within 300 metres of the cable that crosses the entrance.`,
  },
  {
    title: 'Harbour dues and opening hours',
    text: `Dues are charged by length and by night. Boats of up to 10 metres pay 18 euros, those of up to 14 metres 26 euros, and longer ones 2.40 euros for each metre. The price includes water, waste and the showers. Electricity is counted by meter at the berth. The harbour office is open from 07:30 to 19:00 from April to October and from 09:00 to 15:00 in winter. Out of hours, visitors pay at the machine beside the ice house. Berths can be reserved by telephone until noon of the day before. A boat that leaves before ten in the morning gives its berth free again and gets a tenth of the dues back.`,
  },
  {
    title: 'The swing bridge',
    text: `The swing bridge between the outer and the inner basin opens at every full hour from 06:00 to 22:00. It stays closed between 07:45 and 08:30 and again between 16:30 and 17:15 on working days, when the road above it is needed. Commercial vessels may ask for an opening at any time with one hour's notice. When the wind is above 28 knots the bridge keeper does not open it, because the span can't be locked safely. The clear height under the closed bridge is 4.1 metres at mean high water. Signals are shown on both sides: two red lights mean no passage, red over green means make ready.`,
  },
  {
    title: 'Dredging notice 14',
    text: `From 3 March to 28 April the dredger Marten works in the inner basin and along the eastern quay. While she works, the depth at the visitors' pontoon is reduced to 2.3 metres at low water, because spoil is stored on its southern side. Boats with a draught of more than 2 metres are asked to lie at the outer pontoon instead, where 3.8 metres remain. Marten shows the usual signals for a vessel restricted in her ability to manoeuvre and should be passed on the side with two balls or two green lights. Her floating pipeline is marked with yellow lamps every twenty metres. Work stops on Sundays and during the regatta in the third week of April.`,
  },
  {
    title: 'Weather at Skerrow',
    text: `The prevailing wind is south-westerly. In summer a sea breeze sets in towards noon and dies with the sun, and fog is common on calm mornings in May and June. The harbour office puts up the forecast twice a day. Gales from the south-east are rare, but they are the dangerous ones: swell then runs straight into the outer basin and boats at the outer pontoon lie badly. The mean spring range of the tide is 3.4 metres, the mean neap range 1.6 metres. The tidal stream across the entrance reaches 2 knots an hour before high water and sets to the north-east.`,
  },
  {
    title: 'A short history of the light',
    text: `The first light at Skerrow was a coal fire on the church tower, kept by the parish from 1688. The present tower of grey granite was built in 1861 and was fitted with a lens from Paris eleven years later. Its keepers lived in the low house beside it until 1984, when the light became automatic. The last of them, Ingrid Tolland, kept a diary of passing ships that fills forty volumes. They can be seen in the town library. The tower is open to visitors on the first Saturday of each month, and on a clear day one sees the mountains beyond the strait.`,
  },
]

export const harbour = {
  id: 'harbour',
  name: 'Documents',
  text: JSON.stringify(documents, null, 2),
  query: 'Where should a boat with a draught of 2.2 metres berth in March, and how deep is the water there?',
  tier: 'auto',
  share: 25,
}
