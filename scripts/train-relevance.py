#!/usr/bin/env python3
"""Learns the trees that judge how likely a unit is wanted, and writes them into src/relevance/model.

    cargo run --profile bench --example eval_select -- FOLDER '' rows ROWS
    python3 scripts/train-relevance.py ROWS [--check]

Needs numpy and lightgbm 4 from PyPI. One thread and a fixed seed: the same rows give the same trees. With --check it
writes nothing; it leaves out one set after the other and says how well the rest judges it, which is what shows that the
trees know the task and not the sets.
"""
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

UNIT = 1024
LEAF = 255
SEED = 7
PARAMS = dict(objective='binary', learning_rate=0.06, max_bin=255, min_data_in_bin=1, feature_pre_filter=False,
              bagging_fraction=0.7, bagging_freq=1, feature_fraction=0.5, lambda_l2=10.0, min_gain_to_split=0.0,
              seed=SEED, num_threads=1, deterministic=True, force_col_wise=True, verbose=-1)
SHAPES = {'sentence': dict(num_leaves=12, trees=150, min_data_in_leaf=60),
          'turn': dict(num_leaves=8, trees=80, min_data_in_leaf=300)}


class Case:
    def __init__(self, words):
        self.set, self.group, self.kind = words[1:4]
        self.share, self.budget = float(words[4]), int(words[5])
        self.units, self.rows = [], []

    def close(self):
        units = np.array(self.units, dtype=np.int64).reshape(-1, 7)
        self.part, self.price, self.needs, self.title, self.wanted, self.targets, self.words = units.T
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


def learned_from(case):
    """Which units count, what they should get, and how much they weigh: every case the same, halved among its wanted."""
    used = case.title == 0
    if case.kind == 'turn':  # one row a turn is enough
        used &= np.r_[True, np.any(case.rows[1:] != case.rows[:-1], axis=1)]
    wanted = case.wanted[used] == 2
    if not wanted.any():
        return None
    weight = np.where(wanted, np.sqrt(1 / wanted.sum()), 0.0)
    rest = (case.wanted[used] == 0)
    weight[rest] = 1.0 / np.sqrt(rest.sum())
    return case.rows[used], wanted.astype(float), weight


def train(cases, kind, **changes):
    parts = [part for part in map(learned_from, cases) if part]
    rows, wanted, weights = (np.concatenate(column) for column in zip(*parts))
    weights = weights / weights.mean()
    shape = dict(SHAPES[kind], **changes)
    trees = shape.pop('trees')
    data = lgb.Dataset(rows.astype(np.float32), label=wanted, weight=weights, params=PARAMS)
    return lgb.train(dict(PARAMS, **shape), data, num_boost_round=trees)


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


def judge(model, case):
    scores = model.predict(case.rows.astype(np.float32))
    scores[case.title == 1] = -1e9
    return score(case, fill(case, np.argsort(-scores, kind='stable')))


def report(model, cases):
    sets = {}
    for case in cases:
        sets.setdefault((case.set, case.share), []).append(judge(model, case))
    return {key: 100 * float(np.mean(values)) for key, values in sorted(sets.items())}


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


def main():
    cases, names = read(sys.argv[1])
    for kind in SHAPES:
        own = [case for case in cases if case.kind == kind]
        if not own:
            continue
        if '--check' not in sys.argv:
            write(train(own, kind), kind, names[kind])
            continue
        key = (lambda case: case.set) if kind == 'sentence' else (lambda case: case.group)
        for left_out in sorted({key(case) for case in own}):
            model = train([case for case in own if key(case) != left_out], kind)
            print(left_out, report(model, [case for case in own if key(case) == left_out]))


if __name__ == '__main__':
    main()
