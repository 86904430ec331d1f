/** Compiles the codes that a health check takes, such as `200,204` or `200-399`; what can't be read takes nothing. */
export function compileMatcher(codes: string): (status: number) => boolean {
  const ranges = codes.split(',').flatMap((part) => {
    const match = /^\s*(\d{3})(?:-(\d{3}))?\s*$/.exec(part);
    return match ? [{ from: Number(match[1]), to: Number(match[2] ?? match[1]) }] : [];
  });
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
