/**
 * A fabric for tests with JUnit 5: {@link io.github.dxlcdi.fabric.junit.FabricExtension} starts it, tells it to the
 * application under test by MicroProfile Config, and ends it. Tests of applications call it. It never needs a CDI
 * container or a server of its own, and is loaded only where JUnit is on the class path.
 */
package io.github.dxlcdi.fabric.junit;
