//! The adaptive policy, naively: each shadow a few vectors that are searched from end to end.

mod shadows;

use super::{Item, Oracle};
use shadows::{NaiveLirs, NaiveRecency, NaiveS3Fifo, NaiveShadow, NaiveWorth};

pub(super) struct NaiveAdaptive {
    capacity: u64,
    shadows: Vec<(Box<dyn NaiveShadow>, f64)>,
    leader: usize,
    held: Vec<Item>,
    /// Held keys that the leader let go, the first in front.
    strays: Vec<u8>,
    asked: f64,
    requests: u32,
    term_ends: u32,
    costs: (f64, f64),
    /// The sum of known costs, and the weight of what they are for.
    known: (f64, f64),
    /// The cost of what is arriving.
    noted: f64,
}

impl NaiveAdaptive {
    pub(super) fn new(capacity: u64) -> Self {
        let shadows: Vec<Box<dyn NaiveShadow>> = vec![
            Box::new(NaiveRecency::new(capacity)),
            Box::new(NaiveS3Fifo::new(capacity)),
            Box::new(NaiveLirs::new(capacity)),
        ];
        let shadows = shadows.into_iter().map(|shadow| (shadow, 0.0)).collect();
        let (held, strays) = (Vec::new(), Vec::new());
        Self {
            capacity,
            shadows,
            leader: 0,
            held,
            strays,
            asked: 0.0,
            requests: 0,
            term_ends: 50,
            costs: (0.0, 0.0),
            known: (0.0, 0.0),
            noted: 0.0,
        }
    }

    fn costs_differ(&self) -> bool {
        self.costs.1 > self.costs.0 * 1.5
    }

    fn coldest_first(&self) -> Vec<u8> {
        let held = self.shadows[self.leader].0.coldest_first();
        let held = held.into_iter().filter(|key| self.held.iter().any(|item| item.key == *key));
        self.strays.iter().copied().chain(held).collect()
    }

    fn note_cost(&mut self, mut item: Item) -> Item {
        let (lowest, highest) = self.costs;
        if item.cost > 0.0 {
            self.costs = (if lowest > 0.0 { lowest.min(item.cost) } else { item.cost }, highest.max(item.cost));
            self.known = (self.known.0 + item.cost, self.known.1 + item.weight as f64);
        } else if self.known.1 > 0.0 {
            item.cost = self.known.0 / self.known.1 * item.weight as f64;
        }
        if self.shadows.len() == 3 && self.costs_differ() {
            let mut worth = NaiveWorth::new(self.capacity);
            for key in self.coldest_first() {
                worth.request(*self.held.iter().find(|item| item.key == key).unwrap());
            }
            self.shadows.push((Box::new(worth), 0.0));
            self.shadows.iter_mut().for_each(|(_, score)| *score = 0.0);
            self.asked = 0.0;
        }
        item
    }

    fn request(&mut self, item: Item) {
        self.requests += 1;
        let gain = if self.costs_differ() { item.cost } else { 1.0 };
        self.asked += gain;
        let mut out = Vec::new();
        for (shadow, score) in &mut self.shadows {
            if shadow.holds(item.key) {
                *score += gain;
            }
            out.extend(shadow.request(item));
        }
        self.strays.retain(|key| *key != item.key);
        self.settle(out);
        if self.requests >= self.term_ends {
            self.end_term();
        }
    }

    fn settle(&mut self, out: Vec<u8>) {
        for key in out {
            let is_held = self.held.iter().any(|item| item.key == key);
            if is_held && !self.shadows[self.leader].0.holds(key) && !self.strays.contains(&key) {
                self.strays.push(key);
            }
        }
    }

    fn end_term(&mut self) {
        self.term_ends = self.requests + 50;
        let mut best = self.leader;
        for at in 0..self.shadows.len() {
            if self.shadows[at].1 > self.shadows[best].1 {
                best = at;
            }
        }
        if self.shadows[best].1 > self.shadows[self.leader].1 + 0.005 * self.asked {
            let entries = self.coldest_first();
            self.leader = best;
            let leader = &self.shadows[best].0;
            self.strays = entries.into_iter().filter(|key| !leader.holds(*key)).collect();
        }
        self.asked *= 0.9;
        self.shadows.iter_mut().for_each(|(_, score)| *score *= 0.9);
    }
}

impl Oracle for NaiveAdaptive {
    fn arriving(&mut self, item: Item) {
        let item = self.note_cost(item);
        self.noted = item.cost;
        self.shadows.iter_mut().for_each(|(shadow, _)| shadow.reweigh(item));
        let is_new = !self.shadows.iter().any(|(shadow, _)| shadow.knows(item.key));
        self.request(item);
        if is_new {
            let mut out = Vec::new();
            for (shadow, _) in &mut self.shadows {
                (0..item.uses.min(2)).for_each(|_| out.extend(shadow.request(item)));
            }
            self.settle(out);
        }
    }

    fn inserted(&mut self, item: Item) {
        let item = Item { cost: self.noted, ..item };
        self.held.push(item);
        if !self.shadows[self.leader].0.holds(item.key) {
            self.strays.push(item.key);
        }
    }

    fn read(&mut self, key: u8) {
        let item = *self.held.iter().find(|item| item.key == key).unwrap();
        self.request(item);
    }

    fn gone(&mut self, key: u8) {
        self.held.retain(|item| item.key != key);
        self.strays.retain(|held| *held != key);
    }

    fn evict(&mut self) -> u8 {
        while self.strays.is_empty() {
            let out = self.shadows[self.leader].0.give_up();
            self.settle(out);
        }
        let key = self.strays[0];
        self.gone(key);
        key
    }
}
