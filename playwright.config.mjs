// How `make test` runs the browser tests of tests/web/, on the site that `make build` has left in dist/.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/web",
  testMatch: "*.test.mjs",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only at the second try is a fault to find.
  retries: 0,
  workers: 2,
  // No test judges speed: what these bound is a page that hangs, on a machine that may be busy with other things.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
});
