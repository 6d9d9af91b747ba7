export default {
  mode: 'production',
  output: { path: `${import.meta.dirname}/public` },
};
