/** Where a receiver's CPU time goes. Runs in the receiver; knows nothing of contenders. */
package io.github.dxlcdi.benchmarks.profile;
