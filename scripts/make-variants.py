#!/usr/bin/env python3
"""Makes other texts out of question-answering sets, for scripts/train-relevance.py.

    python3 scripts/make-variants.py FOLDER MADE

The trees should learn what answers a question, not how these sets look. So each question is asked again of fewer
documents, of documents without titles, of one long text, in fewer words, and in languages that nobody speaks: letters
change places or scripts, so that no list of words, no stem and sometimes no capital helps. A fixed seed: the same sets
give the same texts.
"""
import json
import random
import re
import sys
from pathlib import Path

SETS = ['qa/nq20', 'qa/qed20', 'qa/xquad41-en', 'qa/xquad41-es', 'qa/xquad41-zh',
        'multihop/hotpot', 'multihop/2wiki', 'multihop/musique']
LATIN = 'abcdefghijklmnopqrstuvwxyz'
SCRIPTS = {
    'greek': 'αβγδεζηθικλμνξοπρστυφχψωάή',
    'cyrillic': 'абвгдежзийклмнопрстуфхцчшщ',
    'arabic': 'ابتثجحخدذرزسشصضطظعغفقكلمنه',
    'devanagari': 'अबचदएफगहइजकलमनओपखरसतउवघझयट',
    'hebrew': 'אבגדהוזחטיכלמנסעפצקרשתםןךף',
}
SHARES = [0.05, 0.1, 0.15, 0.2, 0.25, 0.35]


def right(case):
    """The documents that a question needs: all where that is not said."""
    return {case['gold']} if 'gold' in case else None


def fewer(data, case, rng):
    gold = right(case)
    if gold is None:
        texts = [data['pool'][index]['text'] for index in case['docs']]
        gold = {place for place, text in enumerate(texts) if any(one[:30] in text for one in case['evidence'])}
    rest = [place for place in range(len(case['docs'])) if place not in gold]
    count = min(len(rest), rng.choice([0, 1, 2, 3, 5, 8]))
    places = sorted(gold | set(rng.sample(rest, count)))
    made = dict(case, docs=[case['docs'][place] for place in places])
    if 'gold' in case:
        made['gold'] = places.index(case['gold'])
    return made


def untitled(data):
    return [dict(document, title='') for document in data['pool']]


def merged(data, case):
    """All documents as one text, each with its title above it or none of them."""
    texts = [data['pool'][index] for index in case['docs']]
    titles = len(case['query']) % 2
    whole = [f"{text['title']}\n\n{text['text']}" if titles and text.get('title') else text['text'] for text in texts]
    return {'title': '', 'text': '\n\n'.join(text.replace('\n\n', '\n') for text in whole)}


def terse(query, rng):
    words = [word for word in re.findall(r'\w+', query) if len(word) > 3] or query.split()
    if len(words) > 3:
        words.pop(rng.randrange(len(words)))
    return ' '.join(words)


def language(name, rng):
    """A function that writes a text in a language that nobody speaks."""
    letters = list(LATIN)
    rng.shuffle(letters)
    to = ''.join(letters) if name == 'latin' else ''.join(rng.sample(SCRIPTS[name], len(LATIN)))
    table = str.maketrans(LATIN + LATIN.upper(), to + to.upper())
    stops = {'arabic': {'?': '؟', ',': '،'}, 'devanagari': {'. ': '। '}}.get(name, {})

    def write(text):
        text = text.translate(table)
        for stop, other in stops.items():
            text = text.replace(stop, other)
        return text
    return write


def written(case, write):
    made = dict(case, query=write(case['query']))
    for key in ('answers', 'evidence'):
        if key in case:
            made[key] = [write(one) for one in case[key]]
    return made


def save(folder, name, kind, pool, cases, rng):
    for case in cases:
        case['shares'] = [rng.choice(SHARES)]
    path = folder / name.split('/')[0] / f"{kind}-{name.split('/')[1]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({'pool': pool, 'cases': cases}, ensure_ascii=False))


def group(case):
    return str(case['docs'][case['gold']] if 'gold' in case else case['id'])


def main():
    folder, made = Path(sys.argv[1]), Path(sys.argv[2])
    for name in SETS:
        rng, data = random.Random(name), json.loads((folder / f'{name}.json').read_text())
        cases = [dict(case, group=group(case)) for case in data['cases']]
        save(made, name, 'few', data['pool'], [fewer(data, case, rng) for case in cases], rng)
        texts = [merged(data, case) for case in cases]
        whole = [dict(case, docs=[place], **({'gold': 0} if 'gold' in case else {})) for place, case in enumerate(cases)]
        save(made, name, 'one', texts, whole, rng)
        save(made, name, 'bare', untitled(data), [dict(case, query=terse(case['query'], rng)) for case in cases], rng)
        for kind in ['latin', rng.choice(['greek', 'cyrillic']), rng.choice(['arabic', 'devanagari', 'hebrew'])]:
            if name.endswith('zh'):
                continue
            write = language(kind, rng)
            pool = [{'title': write(text.get('title') or ''), 'text': write(text['text'])} for text in data['pool']]
            save(made, name, kind, pool, [written(case, write) for case in cases], rng)


if __name__ == '__main__':
    main()
