/** A proxy that throws whenever it is looked at. */
export const refusing: object = new Proxy(
  {},
  {
    get: () => {
      throw new Error('It cannot be read.');
    },
    ownKeys: () => {
      throw new Error('It cannot be listed.');
    },
  },
);

/** A revoked proxy: everything but `typeof` throws. */
export const revoked: object = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();
