// The one error of everything that reads what a stranger may have written. Codes: "proof.…".
class Refused extends Error {
  constructor(code, params = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

// What `check` gives; where it refuses, that `change` of the refusal instead.
async function refusing(check, change) {
  try {
    return await check();
  } catch (problem) {
    if (problem instanceof Refused) throw change(problem);
    throw problem;
  }
}
