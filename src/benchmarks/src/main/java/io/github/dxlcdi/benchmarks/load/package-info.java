/** The sender: a broker that sends what is encoded already. */
package io.github.dxlcdi.benchmarks.load;
