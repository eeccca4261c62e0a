/** Results for people, and whether the goals are reached. */
package io.github.dxlcdi.benchmarks.report;
