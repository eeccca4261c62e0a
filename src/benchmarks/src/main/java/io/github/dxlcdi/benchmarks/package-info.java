/** The command, and the course of a measurement. */
package io.github.dxlcdi.benchmarks;
