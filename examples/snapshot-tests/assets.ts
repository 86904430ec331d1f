expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && /\b[0-9a-f]{64}(?=\.|$)/.test(value),
  serialize: (value, config, indentation, depth, refs, printer) =>
    printer(value.replace(/\b[0-9a-f]{64}(?=\.|$)/g, '<asset>'), config, indentation, depth, refs),
});
