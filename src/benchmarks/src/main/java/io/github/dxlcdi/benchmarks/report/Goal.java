package io.github.dxlcdi.benchmarks.report;

/**
 * One thing that ours is to reach.
 *
 * @param text what it is about
 * @param sign how what is measured is to compare with what is asked
 * @param asked the bound
 * @param measured what was measured
 * @param holds whether it is reached
 */
record Goal(String text, String sign, double asked, double measured, boolean holds) {}
