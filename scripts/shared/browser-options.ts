/** Preferences and switches of the browsers that tests and measurements run in. */

/** Preferences that keep Firefox off the network. */
export const firefoxPreferences = { 'app.update.enabled': false, 'network.captive-portal-service.enabled': false };

/** Preferences with which Firefox computes WebGPU on the processor, if Mesa's software Vulkan is installed. */
export const firefoxSoftwareWebGpuPreferences = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** Whether the browser must run without its own sandbox, as root on Linux must. */
const asRoot = process.getuid?.() === 0;

/** Switches that keep the browser off the network and let it start as root. */
export const browserArguments = [
  ...(asRoot ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Switches that give WebGPU on a software adapter: right for correctness, meaningless for speed. */
export const softwareWebGpuArguments = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];
