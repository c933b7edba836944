// Makes packs of tokenizers that the caller brings; apart, so that nobody else downloads it.
export { type PatternName, type TiktokenOptions, tokenizerPack } from '../tokenizer/index'
