// What the page server says about the backend behind it: see `cargo xtask demo`.

/**
 * `{ endpoint, instanceId, caseArn, secondCaseArn, contactArn, control? }`, empty when there is none.
 */
export async function demoSettings() {
  try {
    const answer = await fetch("/demo.json");
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}
