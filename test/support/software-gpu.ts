/**
 * A suite of tests on WebGPU. Its adapter computes on the processor, which is slow, and slower beside other work.
 * @param cleanUp after each test
 */
export function describeOnSoftwareGpu(title: string, cleanUp: () => void, tests: () => void): void {
  describe(title, function () {
    this.timeout(180_000);
    afterEach(cleanUp);
    tests();
  });
}
