/** Something that is done and proves something; what it gives is told. */
export type Step = readonly [name: string, run: () => Promise<string>];
