//! The policies that are followed, the oldest in front.

use super::Item;

pub(super) trait NaiveShadow {
    /// Takes a request, and gives the keys that left or are remembered no more, in order.
    fn request(&mut self, item: Item) -> Vec<u8>;
    fn give_up(&mut self) -> Vec<u8>;
    fn reweigh(&mut self, item: Item);
    fn holds(&self, key: u8) -> bool;
    fn knows(&self, key: u8) -> bool;
    fn coldest_first(&self) -> Vec<u8>;
}

fn weight(list: &[Item]) -> u64 {
    list.iter().map(|item| item.weight).sum()
}

fn keys(list: &[Item]) -> Vec<u8> {
    list.iter().map(|item| item.key).collect()
}

fn has(list: &[Item], key: u8) -> bool {
    list.iter().any(|item| item.key == key)
}

fn take(list: &mut Vec<Item>, key: u8) -> Option<Item> {
    let at = list.iter().position(|item| item.key == key)?;
    Some(list.remove(at))
}

fn reweigh(list: &mut [Item], by: Item) {
    list.iter_mut().filter(|item| item.key == by.key).for_each(|item| item.weight = by.weight);
}

pub(super) struct NaiveRecency {
    held: Vec<Item>,
    capacity: u64,
}

impl NaiveRecency {
    pub(super) fn new(capacity: u64) -> Self {
        Self { held: Vec::new(), capacity }
    }
}

impl NaiveShadow for NaiveRecency {
    fn request(&mut self, item: Item) -> Vec<u8> {
        let mut out = Vec::new();
        if take(&mut self.held, item.key).is_none() {
            while weight(&self.held) + item.weight > self.capacity {
                out.extend(self.give_up());
            }
        }
        self.held.push(item);
        out
    }
    fn give_up(&mut self) -> Vec<u8> {
        if self.held.is_empty() { Vec::new() } else { vec![self.held.remove(0).key] }
    }
    fn reweigh(&mut self, item: Item) {
        reweigh(&mut self.held, item);
    }
    fn holds(&self, key: u8) -> bool {
        has(&self.held, key)
    }
    fn knows(&self, key: u8) -> bool {
        self.holds(key)
    }
    fn coldest_first(&self) -> Vec<u8> {
        keys(&self.held)
    }
}

/// As its paper tells it, by weight. `uses` are the requests.
pub(super) struct NaiveS3Fifo {
    small: Vec<Item>,
    main: Vec<Item>,
    ghosts: Vec<Item>,
    capacity: u64,
}

impl NaiveS3Fifo {
    pub(super) fn new(capacity: u64) -> Self {
        Self { small: Vec::new(), main: Vec::new(), ghosts: Vec::new(), capacity }
    }

    fn give_up_small(&mut self) -> Vec<u8> {
        while !self.small.is_empty() {
            let item = self.small.remove(0);
            if item.uses >= 2 {
                self.main.push(Item { uses: 0, ..item });
                continue;
            }
            let mut out = vec![item.key];
            self.ghosts.push(item);
            while weight(&self.ghosts) > self.capacity - self.capacity / 10 {
                out.push(self.ghosts.remove(0).key);
            }
            return out;
        }
        Vec::new()
    }

    fn give_up_main(&mut self) -> Vec<u8> {
        while !self.main.is_empty() {
            let item = self.main.remove(0);
            if item.uses == 0 {
                return vec![item.key];
            }
            self.main.push(Item { uses: item.uses - 1, ..item });
        }
        Vec::new()
    }
}

impl NaiveShadow for NaiveS3Fifo {
    fn request(&mut self, item: Item) -> Vec<u8> {
        if let Some(held) = self.small.iter_mut().chain(&mut self.main).find(|held| held.key == item.key) {
            held.uses = (held.uses + 1).min(3);
            return Vec::new();
        }
        let mut out = Vec::new();
        while weight(&self.small) + weight(&self.main) + item.weight > self.capacity {
            out.extend(self.give_up());
        }
        let returned = take(&mut self.ghosts, item.key).is_some();
        if returned { &mut self.main } else { &mut self.small }.push(Item { uses: 0, ..item });
        out
    }
    fn give_up(&mut self) -> Vec<u8> {
        let crowded = weight(&self.small) >= self.capacity / 10;
        let first = if crowded { self.give_up_small() } else { self.give_up_main() };
        match (first.is_empty(), crowded) {
            (false, _) => first,
            (true, true) => self.give_up_main(),
            (true, false) => self.give_up_small(),
        }
    }
    fn reweigh(&mut self, item: Item) {
        [&mut self.small, &mut self.main, &mut self.ghosts].into_iter().for_each(|list| reweigh(list, item));
    }
    fn holds(&self, key: u8) -> bool {
        has(&self.small, key) || has(&self.main, key)
    }
    fn knows(&self, key: u8) -> bool {
        self.holds(key) || has(&self.ghosts, key)
    }
    fn coldest_first(&self) -> Vec<u8> {
        [keys(&self.small), keys(&self.main)].concat()
    }
}

/// The low and the high inter-reference recency set; `stack` has the latest request last.
pub(super) struct NaiveLirs {
    stack: Vec<u8>,
    low: Vec<Item>,
    queue: Vec<Item>,
    gone: Vec<Item>,
    capacity: u64,
}

impl NaiveLirs {
    pub(super) fn new(capacity: u64) -> Self {
        Self { stack: Vec::new(), low: Vec::new(), queue: Vec::new(), gone: Vec::new(), capacity }
    }

    fn limit(&self) -> u64 {
        self.capacity - (self.capacity / 100).max(1)
    }

    fn touch(&mut self, key: u8) {
        self.stack.retain(|held| *held != key);
        self.stack.push(key);
    }

    fn prune(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while let Some(key) = self.stack.first().copied().filter(|key| !has(&self.low, *key)) {
            self.stack.remove(0);
            if take(&mut self.gone, key).is_some() {
                out.push(key);
            }
        }
        out
    }

    fn demote(&mut self) -> Vec<u8> {
        let mut out = self.prune();
        if !self.stack.is_empty() {
            let key = self.stack.remove(0);
            let item = take(&mut self.low, key).unwrap();
            self.queue.push(item);
            out.extend(self.prune());
        }
        out
    }

    fn promote(&mut self, item: Item) -> Vec<u8> {
        self.low.push(item);
        self.touch(item.key);
        let mut out = Vec::new();
        while weight(&self.low) > self.limit() {
            out.extend(self.demote());
        }
        out.extend(self.prune());
        out
    }
}

impl NaiveShadow for NaiveLirs {
    fn request(&mut self, item: Item) -> Vec<u8> {
        if has(&self.low, item.key) {
            self.touch(item.key);
            return self.prune();
        }
        if let Some(held) = take(&mut self.queue, item.key) {
            if self.stack.contains(&item.key) {
                return self.promote(held);
            }
            self.touch(item.key);
            self.queue.push(held);
            return Vec::new();
        }
        let mut out = Vec::new();
        while weight(&self.low) + weight(&self.queue) + item.weight > self.capacity {
            out.extend(self.give_up());
        }
        if take(&mut self.gone, item.key).is_some() || weight(&self.low) + item.weight <= self.limit() {
            out.extend(self.promote(item));
        } else {
            self.queue.push(item);
            self.touch(item.key);
        }
        out
    }
    fn give_up(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if self.queue.is_empty() {
            out.extend(self.demote());
        }
        if self.queue.is_empty() {
            return out;
        }
        let item = self.queue.remove(0);
        out.push(item.key);
        if self.stack.contains(&item.key) {
            self.gone.push(item);
            while weight(&self.gone) > 2 * self.capacity {
                let oldest = self.gone.remove(0).key;
                self.stack.retain(|key| *key != oldest);
                out.push(oldest);
            }
        }
        out
    }
    fn reweigh(&mut self, item: Item) {
        [&mut self.low, &mut self.queue, &mut self.gone].into_iter().for_each(|list| reweigh(list, item));
    }
    fn holds(&self, key: u8) -> bool {
        has(&self.low, key) || has(&self.queue, key)
    }
    fn knows(&self, key: u8) -> bool {
        self.holds(key) || has(&self.gone, key)
    }
    fn coldest_first(&self) -> Vec<u8> {
        let low = self.stack.iter().copied().filter(|key| has(&self.low, *key));
        keys(&self.queue).into_iter().chain(low).collect()
    }
}

/// What saves the most, with fading counts of requests.
pub(super) struct NaiveWorth {
    /// Each with its count, its worth and when it had it.
    held: Vec<(Item, f64, f64, u32)>,
    ghosts: Vec<(Item, f64)>,
    gain: f64,
    clock: u32,
    capacity: u64,
}

impl NaiveWorth {
    pub(super) fn new(capacity: u64) -> Self {
        Self { held: Vec::new(), ghosts: Vec::new(), gain: 1.0, clock: 0, capacity }
    }
}

impl NaiveShadow for NaiveWorth {
    fn request(&mut self, item: Item) -> Vec<u8> {
        self.gain *= 1.0 + std::f64::consts::LN_2 / (20.0 * self.held.len().max(1) as f64);
        let mut out = Vec::new();
        let mut uses = 0.0;
        if let Some(at) = self.held.iter().position(|held| held.0.key == item.key) {
            uses = self.held.remove(at).1;
        } else {
            // Looked at before room is made: what is needed is not forgotten for it.
            uses = self.ghosts.iter().find(|ghost| ghost.0.key == item.key).map_or(uses, |ghost| ghost.1);
            while self.held.iter().map(|held| held.0.weight).sum::<u64>() + item.weight > self.capacity {
                out.extend(self.give_up());
            }
            self.ghosts.retain(|ghost| ghost.0.key != item.key);
        }
        uses += self.gain;
        self.clock += 1;
        self.held.push((item, uses, uses * item.cost / item.weight as f64, self.clock));
        out
    }
    fn give_up(&mut self) -> Vec<u8> {
        let least = self.held.iter().enumerate().min_by(|(_, a), (_, b)| a.2.total_cmp(&b.2).then(a.3.cmp(&b.3)));
        let Some((at, _)) = least else { return Vec::new() };
        let (item, uses, ..) = self.held.remove(at);
        self.ghosts.push((item, uses));
        let mut out = vec![item.key];
        while self.ghosts.iter().map(|ghost| ghost.0.weight).sum::<u64>() > 2 * self.capacity {
            out.push(self.ghosts.remove(0).0.key);
        }
        out
    }
    fn reweigh(&mut self, item: Item) {
        let held = self.held.iter_mut().map(|held| &mut held.0).chain(self.ghosts.iter_mut().map(|ghost| &mut ghost.0));
        held.filter(|held| held.key == item.key).for_each(|held| held.weight = item.weight);
    }
    fn holds(&self, key: u8) -> bool {
        self.held.iter().any(|held| held.0.key == key)
    }
    fn knows(&self, key: u8) -> bool {
        self.holds(key) || self.ghosts.iter().any(|ghost| ghost.0.key == key)
    }
    fn coldest_first(&self) -> Vec<u8> {
        let mut held: Vec<_> = self.held.iter().collect();
        held.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.3.cmp(&b.3)));
        held.into_iter().map(|held| held.0.key).collect()
    }
}
