/**
 * A share as people read it: `90 %`, `33.33 %`. What is almost nothing or almost all never reads as nothing or all.
 */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.005) return '<0.01 %';
  if (value >= 99.995 && value < 100 - 1e-9) return '>99.99 %';
  return `${Number(value.toFixed(2))} %`;
}
