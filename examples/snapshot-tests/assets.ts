// Templates name assets by the hash of their content, which changes with every release and says nothing about the traffic.
const HASH = /\b[0-9a-f]{64}(?=\.|$)/;

expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && HASH.test(value),
  serialize: (value, config, indentation, depth, refs, printer) =>
    printer(value.replace(new RegExp(HASH, 'g'), '<asset>'), config, indentation, depth, refs),
});
