#!/usr/bin/env python3
"""Makes conversations with one right turn out of question-answering sets, for scripts/train-relevance.py.

    python3 scripts/make-conversations.py FOLDER MADE

The documents of a question are given to two speakers, a few sentences a turn, with phatic turns between; half of the
questions name the speaker of the right turn. A fixed seed: the same sets give the same conversations.
"""
import json
import random
import re
import sys
from pathlib import Path

NAMES = ['Ann', 'Ben', 'Caroline', 'Melanie', 'John', 'Maria', 'Joanna', 'Nate', 'Tim', 'Dave', 'Evan', 'Sam']
PAIRS = {'xquad41-zh': ['李明', '王芳'], 'xquad41-es': ['Luis', 'Carmen']}
PHATIC = ['Hey {}! Good to see you!', 'That is great, {}!', 'Thanks, {}. What about you?', 'Wow {}, tell me more.',
          'I see what you mean, {}.', 'Really?', 'Yeah, totally.', 'How have you been, {}?', 'Okay.', 'Hm, right.']
ASKS = ['What did {who} say: {query}', '{query} ({who})', 'according to {who}, {query}']
MOST = 150


def words(text):
    return ' '.join(re.sub(r'[^\w\s]', ' ', text.lower()).split())


def sentences(text):
    return [sentence for sentence in re.split(r'(?<=[.!?。！？])\s*(?=\S)', text) if sentence.strip()]


def conversation(data, case, pair, phatic, rng):
    wanted, right, turns = [words(text) for text in case.get('evidence', case.get('answers'))], [], []
    documents = list(enumerate(case['docs']))
    rng.shuffle(documents)
    for place, index in documents:
        rest, speaker = sentences(data['pool'][index]['text']), rng.randrange(2)
        while rest:
            count = rng.choice([1, 1, 2, 3])
            text, rest = ' '.join(rest[:count]).replace('\n', ' '), rest[count:]
            if place == case['gold'] and any(one in words(text) for one in wanted):
                right.append((len(turns), speaker))
            turns.append({'speaker': pair[speaker], 'text': text})
            speaker = 1 - speaker if rng.random() < 0.7 else speaker
            if phatic and rng.random() < 0.35:
                turns.append({'speaker': pair[speaker], 'text': rng.choice(PHATIC).format(pair[1 - speaker])})
                speaker = 1 - speaker
    return turns, right


def main():
    folder, made = Path(sys.argv[1]), Path(sys.argv[2]) / 'chat'
    made.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)
    for name in ('nq20', 'qed20', 'xquad41-en', 'xquad41-es', 'xquad41-zh'):
        data, lines = json.loads((folder / f'qa/{name}.json').read_text()), []
        for case in data['cases'][:MOST]:
            pair = PAIRS.get(name) or rng.sample(NAMES, 2)
            turns, right = conversation(data, case, pair, name != 'xquad41-zh', rng)
            if not right:
                continue
            query = case['query']
            if rng.random() < 0.5:
                query = rng.choice(ASKS).format(who=pair[right[0][1]], query=query)
            queries = [{'query': query, 'turns': [turn for turn, _ in right]}]
            lines.append(json.dumps({'id': case['id'], 'turns': turns, 'queries': queries}, ensure_ascii=False))
        (made / f'chat-{name}.jsonl').write_text('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
