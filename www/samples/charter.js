// A support chat, as it would go to a model.
const messages = [
  {
    role: 'system',
    content:
      'You answer for Hallin Charter. Be brief and friendly. Never promise a refund: only the office decides on refunds. Name the booking number in every answer.',
  },
  {
    role: 'user',
    content: 'Hello, we have booked a boat for next week and I have some questions about it. Is this the right place?',
  },
  {
    role: 'assistant',
    content:
      'It is. Could you tell me your booking number, please? It begins with HC and stands at the top of your confirmation.',
  },
  {
    role: 'user',
    content:
      'HC-20418. We are four people, two of us have sailed for many years, the others are new to it. We come by train from the south and should be there at about three in the afternoon.',
  },
  {
    role: 'assistant',
    content:
      'Thank you. HC-20418 is the sloop Alder Wren from Saturday 11 April to Saturday 18 April. Hand-over is from 15:00 at pontoon C, and takes about an hour. The station is twenty minutes on foot from the harbour, and there is a taxi stand in front of it. Bring your licence and a credit card for the deposit of 1,500 euros.',
  },
  {
    role: 'user',
    content:
      'Good. About the deposit: can we also insure it? A friend told me that this is possible, and that it was quite cheap when they did it two years ago with another company in the same harbour.',
  },
  {
    role: 'assistant',
    content:
      'Yes. For HC-20418 the deposit insurance costs 95 euros for the week and lowers the deposit to 250 euros. You can take it at hand-over; nothing has to be arranged before. It does not cover the dinghy’s outboard engine or a lost anchor.',
  },
  {
    role: 'user',
    content:
      'That is fair. We also wondered about the weather. The forecast shows strong wind from the south-west for the whole of Sunday. Last year we sat in the harbour for two days, which was nice too, because of the fish restaurant, but this time we would like to get to the islands.',
  },
  {
    role: 'assistant',
    content:
      'For HC-20418: leaving the harbour is not allowed above force 7, and the skipper decides below that. The islands to the north lie in the lee with wind from the south-west. Many crews go to Little Hallin first, which is eleven miles and well sheltered.',
  },
  {
    role: 'user',
    content:
      'Thank you, that helps. One more thing. The confirmation says that a dog is extra, but we did not order a dog! We have been charged 60 euros for it. Our dog stays with my sister, as always.',
  },
  {
    role: 'assistant',
    content:
      'I see the item “pet on board, 60 euros” in HC-20418. It was added on 9 February with the change of the crew list. I have marked it for the office, who will look at it today.',
  },
  {
    role: 'user',
    content:
      'It is now two days later and nobody has called. Who decides about the 60 euros for the dog, and what do I have to do?',
  },
]

export const charter = {
  id: 'charter',
  name: 'Support chat',
  text: JSON.stringify(messages, null, 2),
  tier: 'auto',
  share: 50,
}
