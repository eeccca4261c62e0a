/** Those who are measured: each in a JVM of its own. */
package io.github.dxlcdi.benchmarks.contender;
