#!/usr/bin/env python3
"""Learns the trees that judge how likely a unit is wanted, and writes them into src/relevance/model.

    python3 scripts/make-conversations.py FOLDER MADE
    python3 scripts/make-variants.py FOLDER MADE
    cargo run --profile bench --example eval_select -- FOLDER '' rows ROWS
    cargo run --profile bench --example eval_select -- MADE '' rows MORE_ROWS
    python3 scripts/train-relevance.py ROWS MORE_ROWS [--check]

Needs numpy and lightgbm 4 from PyPI. One thread and a fixed seed: the same rows give the same trees. With --check it
writes nothing; it leaves out one set after the other and says how well the rest judges it, which is what shows that the
trees know the task and not the sets.
"""
import sys
import zlib
from pathlib import Path

import lightgbm as lgb
import numpy as np

UNIT = 1024
LEAF = 255
SEED = 7
PARAMS = dict(objective='binary', max_bin=255, min_data_in_bin=1, feature_pre_filter=False,
              bagging_fraction=0.7, bagging_freq=1, feature_fraction=0.5, lambda_l2=10.0, min_gain_to_split=0.0,
              seed=SEED, num_threads=1, deterministic=True, force_col_wise=True, verbose=-1)
SHAPES = {'sentence': dict(num_leaves=12, trees=170, learning_rate=0.08, min_data_in_leaf=60),
          'turn': dict(num_leaves=12, trees=100, learning_rate=0.06, min_data_in_leaf=300)}
# More of these never speaks against a sentence: what holds for every text, whatever the sets happen to say.
RISING = {'sentence': {'Own', 'Titled', 'OwnCovered', 'TitledCovered', 'Heaviest', 'Pairs', 'Grams', 'Rank', 'First',
                       'Passage', 'PassageRank', 'PassageCovered', 'PassageGrams', 'PassagePairs', 'PassageShare',
                       'Named', 'Wider', 'WiderPassage', 'Pointed', 'Fit'},
          'turn': set()}


class Case:
    def __init__(self, words):
        self.set, self.group, self.kind = words[1:4]
        self.share, self.budget = float(words[4]), int(words[5])
        self.units, self.rows = [], []

    def close(self):
        units = np.array(self.units, dtype=np.int64).reshape(-1, 7)
        self.part, self.price, self.needs, self.title, self.wanted, self.targets, self.words = units.T
        self.targets = np.where(self.title == 1, 0, self.targets)
        self.rows = np.frombuffer(bytes.fromhex(''.join(self.rows)), dtype=np.uint8).reshape(len(units), -1)
        del self.units


def read(file):
    cases, names = [], {}
    for line in open(file):
        if line.startswith('case '):
            cases.append(Case(line.split()))
            names[cases[-1].kind] = last
        elif line.startswith('names '):
            last = line.split()[1:]
        else:
            *unit, row = line.rsplit(' ', 1)
            cases[-1].units.append([int(word) for word in unit[0].split()])
            cases[-1].rows.append(row.strip())
    for case in cases:
        if case.kind == 'turn' or case.rows[0]:
            case.close()
    return [case for case in cases if len(case.rows) and case.rows.shape[1]], names


SETS = ['nq20', 'qed20', 'xquad41-en', 'xquad41-es', 'xquad41-zh', 'hotpot', '2wiki', 'musique']
# Conversations made from documents teach what one right turn looks like, and variants what does not depend on how a set
# looks; what people wrote counts more.
MADE = {'sentence': 0.7, 'turn': 0.6}


def base(case):
    """The set that a case is from, or was made from."""
    return next((name for name in SETS if case.set.endswith(f'-{name}')), case.set)


# Of the units that are wanted by nobody, the best and a share of the rest are enough to learn from.
BEST, REST = 45, {'sentence': 0.3, 'turn': 0.6}


def learned_from(case, random, rank):
    """Which units count, what they should get, and how much they weigh: as much for the wanted as for all others."""
    asked_twice = base(case) == case.set or case.set.startswith('chat-')
    if case.share == 0.1 and asked_twice:  # the same texts as at the larger share
        return None
    used = case.title == 0
    if case.kind == 'turn':  # one row a turn is enough
        used &= np.r_[True, np.any(case.rows[1:] != case.rows[:-1], axis=1)]
    wanted = case.wanted == 2
    if not (wanted & used).any():
        return None
    keep = random.random(len(used)) < REST[case.kind]
    if case.kind == 'sentence':
        ranks = case.rows[:, rank]
        keep |= ranks >= np.sort(ranks)[::-1][min(BEST, len(ranks) - 1)]
    used &= wanted | keep
    wanted = wanted[used]
    weight = np.where(wanted, 1 / np.sqrt(wanted.sum()), 1 / np.sqrt(max(1, (~wanted).sum())))
    weight[case.wanted[used] == 1] = 0  # an answer that stands in another document by chance
    return case.rows[used], wanted.astype(float), weight * (MADE[case.kind] if base(case) != case.set else 1)


def train(cases, kind, names, **changes):
    random, rank = np.random.default_rng(SEED), names[kind].index('Rank') if kind == 'sentence' else None
    parts = [part for part in (learned_from(case, random, rank) for case in cases) if part]
    rows, wanted, weights = (np.concatenate(column) for column in zip(*parts))
    weights = weights / weights.mean()
    shape = dict(SHAPES[kind], **changes)
    trees = shape.pop('trees')
    params = dict(PARAMS, **shape, monotone_constraints=[int(name in RISING[kind]) for name in names[kind]])
    data = lgb.Dataset(rows.astype(np.float32), label=wanted, weight=weights, params=params)
    return lgb.train(params, data, num_boost_round=trees)


def fill(case, order):
    """Keeps units in order within the budget, as the core does, about."""
    kept = np.zeros(len(case.price) + 1, dtype=bool)
    left = case.budget - (18 if case.budget >= 432 else 7)
    for unit in order:
        if left < 4:
            break
        if kept[unit]:
            continue
        needs = case.needs[unit]
        price = case.price[unit] + (not (kept[unit - 1] or kept[unit + 1]))
        if needs >= 0 and not kept[needs]:
            price += case.price[needs]
        if price <= left:
            left -= price
            kept[unit] = True
            if needs >= 0:
                kept[needs] = True
    return kept[:-1]


def score(case, kept):
    if case.kind == 'turn':
        wanted = case.wanted == 2
        return (case.words * (wanted & kept)).sum() / max(1, (case.words * wanted).sum())
    if (case.targets > 1).any():
        bits = [bit for bit in range(1, 40) if (case.targets >> bit & 1).any()]
        held = [kept[(case.targets >> bit & 1) == 1] for bit in bits]
        return np.mean([units.all() for units in held])
    return float((kept & (case.targets & 1 == 1)).any())


def shared(case, likelihood, own=0.3, reach=600.0):
    """Shares the likelihood of turns with those around, as the core does."""
    starts = np.flatnonzero(np.r_[True, np.any(case.rows[1:] != case.rows[:-1], axis=1)])
    price, each = np.add.reduceat(case.price, starts).astype(float), likelihood[starts]
    keep = reach / (reach + price)
    sums = np.zeros((2, len(each)))
    for order in (range(len(each)), range(len(each) - 1, -1, -1)):
        carried = np.zeros(2)
        for at in order:
            value = np.array([each[at] * price[at], price[at]])
            sums[:, at] += carried if order.step < 0 else carried + value
            carried = (carried + value) * keep[at]
    mixed = own * each + (1 - own) * sums[0] / sums[1]
    return np.repeat(mixed, np.diff(np.r_[starts, len(likelihood)]))


def judge(model, case):
    scores = model.predict(case.rows.astype(np.float32), raw_score=True)
    if case.kind == 'sentence':
        scores -= np.log(np.maximum(case.price, 4))  # odds for each token
    else:
        scores = shared(case, 1 / (1 + np.exp(-scores)))
    scores[case.title == 1] = -1e9
    return score(case, fill(case, np.argsort(-scores, kind='stable')))


def nodes(node):
    if 'leaf_value' in node:
        value = int(np.clip(round(node['leaf_value'] * UNIT), -32768, 32767)) & 0xffff
        return bytes([LEAF, value & 255, value >> 8])
    left, right = nodes(node['left_child']), nodes(node['right_child'])
    return bytes([node['split_feature'], int(node['threshold']), len(left)]) + left + right


def write(model, kind, names):
    trees = [nodes(tree['tree_structure']) for tree in model.dump_model()['tree_info']]
    path = Path(__file__).parent.parent / f'src/relevance/model/{kind}.rs'
    lines = [f'// Generated by scripts/train-relevance.py; {len(names)} features, {len(trees)} trees.', '',
             '/// One string a tree.', '#[rustfmt::skip]', 'pub(crate) const TREES: &[&[u8]] = &[']
    lines += ['    &[' + ', '.join(map(str, tree)) + '],' for tree in trees]
    path.write_text('\n'.join(lines + ['];', '']))
    print(f'{path.name}: {sum(map(len, trees))} bytes')


def source(case):
    """Where a case is from: sets of one source are left out together. Meetings are left out in fifths."""
    if case.kind == 'turn':
        return f'{case.set.split("-")[0]} {zlib.crc32(case.group.encode()) % 5}'
    sources = {'nq20': 'nq, qed', 'qed20': 'nq, qed', '2wiki': 'wiki', 'musique': 'wiki'}
    return sources.get(base(case), base(case).split('-')[0])


def fifth(case):
    return zlib.crc32(case.group.encode()) % 5


def check(own, kind, names):
    for name, key in [('by source', source), ('by fifths', fifth)]:
        if kind == 'turn' and name == 'by source':
            continue
        kept = {}
        for left_out in sorted({key(case) for case in own}):
            model = train([case for case in own if key(case) != left_out], kind, names)
            for case in own:
                if key(case) == left_out and base(case) == case.set:
                    kept.setdefault((case.set, case.share), []).append(judge(model, case))
        for (name_of_set, share), values in sorted(kept.items()):
            print(f'{name}: {name_of_set} at {share:.0%}: {100 * np.mean(values):.1f}', flush=True)


def main():
    files = [arg for arg in sys.argv[1:] if not arg.startswith('--')]
    cases, names = [], {}
    for file in files:
        more, found = read(file)
        cases += more
        names.update(found)
    for kind in SHAPES:
        own = [case for case in cases if case.kind == kind and case.rows.shape[1] == len(names[kind])]
        if '--check' in sys.argv:
            check(own, kind, names)
        else:
            write(train(own, kind, names), kind, names[kind])


if __name__ == '__main__':
    main()
