const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Whether a Host header names this machine: a name that an attacker has pointed at the loopback (DNS rebinding) does not. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
