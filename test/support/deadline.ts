// Time is no assertion here: a deadline only ends what hangs, also on a machine that has other things to do.
jest.setTimeout(300_000);
