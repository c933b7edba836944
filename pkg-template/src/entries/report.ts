// Reports for people, from the data of `metrics.report`; loaded on demand by it, and importable as `trimtab/report`.
export * from '../report/index'
