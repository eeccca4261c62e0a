/** What the parts of the way cost, measured with JMH. */
package io.github.dxlcdi.benchmarks.parts;
