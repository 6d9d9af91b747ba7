/**
 * A suite of tests on WebGPU. Its software adapter is slow, and slower under load.
 *
 * @param cleanUp after each test
 */
export function describeOnSoftwareGpu(title: string, cleanUp: () => void, tests: () => void): void {
  describe(title, function () {
    this.timeout(180_000);
    afterEach(cleanUp);
    tests();
  });
}
