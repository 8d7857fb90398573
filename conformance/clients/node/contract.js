// What the client is told: the launch contract, out of its environment.

export function contractOf(env) {
  const speed = Number(env.MOCKDDE_WIRE_SPEED || 1)
  return {
    restUrl: env.MOCKDDE_REST_URL.replace(/\/$/, ''),
    wsUrl: env.MOCKDDE_WS_URL.replace(/\/$/, ''),
    token: env.MOCKDDE_TOKEN,
    dialect: env.MOCKDDE_DIALECT || 'dde',
    targets: JSON.parse(env.MOCKDDE_TARGETS), // {path, rest, tournament, round | match, teams}
    stateUrl: env.MOCKDDE_STATE_URL || '', // empty: nobody wants to know
    // Seconds of the wire's clock as milliseconds for a timer.
    ms: (seconds) => (seconds * 1000) / speed,
    bearer: { Authorization: `Bearer ${env.MOCKDDE_TOKEN}` },
  }
}

export const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms))
