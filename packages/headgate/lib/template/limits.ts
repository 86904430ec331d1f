/** What is read at most: far above what CloudFormation itself takes (1 MB, 500 resources), so that no input takes the machine down. */
export const LIMITS = {
  /** Bytes of one file. */
  fileBytes: 50 * 1024 * 1024,
  /** Characters of all files that are read together. */
  totalCharacters: 100 * 1024 * 1024,
  /** Values in one template, with aliases and loops written out. */
  nodes: 1_000_000,
  /** Resources of one template, with those that loops give. */
  resources: 10_000,
  /** Resources of all stacks that are read together. */
  totalResources: 100_000,
  /** Levels of mappings and lists inside each other. */
  depth: 200,
  /** What loops and long texts may give in all, in values or 64 characters. */
  generated: 250_000,
  /** Characters of one text that functions put together. */
  textLength: 1024 * 1024,
  /** Stacks read together, with nested ones. */
  stacks: 2_000,
  /** Conditions, parameters and outputs that depend on each other in a row. */
  chain: 200,
} as const;
