'use client'

import { useEffect, useState } from 'react'
import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { check } from '../check.mjs'

export default function Page() {
  const [result, setResult] = useState()
  useEffect(() => {
    check({ createTrimtab, optimize, countTokens, estimate }).then(setResult, (error) =>
      setResult(String(error?.stack ?? error)),
    )
  }, [])
  return <p data-result={result}>{result}</p>
}
