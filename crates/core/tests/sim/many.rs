//! Many histories at once, and what they came to.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::run;

/// Lines of a trace that are shown when many histories were run.
const TAIL: usize = 120;
/// Broken histories that are told of by themselves.
const NAMED: usize = 20;
const SAY_EVERY: Duration = Duration::from_secs(10);

struct Many {
    from: u64,
    many: u64,
    began: Instant,
    next: AtomicU64,
    steps: AtomicU64,
    broken: Mutex<Vec<u64>>,
    said: Mutex<Instant>,
}

/// Runs the histories of `many` seeds from `from` on, tells of those that break a promise, and ends
/// with the line `N histories, N violations`. The number of violations.
pub(crate) fn run_many(from: u64, many: u64) -> usize {
    let began = Instant::now();
    let all = Many {
        from,
        many,
        began,
        next: AtomicU64::new(0),
        steps: AtomicU64::new(0),
        broken: Mutex::new(Vec::new()),
        said: Mutex::new(began),
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| all.work());
        }
    });
    let broken = all.broken.lock().unwrap();
    let first = broken.iter().copied().min_by_key(|seed| seed.wrapping_sub(from));
    if let Some(seed) = first.or((many == 1).then_some(from)) {
        show(seed, many == 1);
    }
    let steps = all.steps.load(Ordering::Relaxed);
    println!("seeds from {from}, {steps} steps, {:.0} histories a second", all.rate(many));
    println!("{many} histories, {} violations", broken.len());
    broken.len()
}

impl Many {
    fn work(&self) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.many {
                return;
            }
            let seed = self.from.wrapping_add(number);
            let history = run(seed, false);
            self.steps.fetch_add(history.steps as u64, Ordering::Relaxed);
            if let Some(broken) = history.broken {
                let mut seeds = self.broken.lock().unwrap();
                seeds.push(seed);
                if seeds.len() <= NAMED {
                    println!("violation at seed {seed}: {broken}");
                }
            }
            let mut said = self.said.lock().unwrap();
            if said.elapsed() >= SAY_EVERY {
                *said = Instant::now();
                let rate = self.rate(number);
                println!("{number} of {} histories, {rate:.0} a second", self.many);
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    fn rate(&self, done: u64) -> f64 {
        done as f64 / self.began.elapsed().as_secs_f64()
    }
}

/// Replays a history and prints its trace, or the end of it.
fn show(seed: u64, whole: bool) {
    let history = run(seed, true);
    let skipped = if whole { 0 } else { history.trace.len().saturating_sub(TAIL) };
    for line in &history.trace[skipped..] {
        println!("{line}");
    }
    if let Some(broken) = history.broken {
        println!("violation: {broken}");
        println!("replay with: cargo xtask simulate --histories 1 --seed {seed}");
    }
}
