/** What is measured, and its numbers. */
package io.github.dxlcdi.benchmarks.measure;
