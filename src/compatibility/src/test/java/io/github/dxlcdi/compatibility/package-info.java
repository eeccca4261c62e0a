/**
 * The acceptance application on every server, each a process of its own: what an observer finds there, applications side by
 * side, and the end of an application and of a server in every situation. A further server is one class, named in {@link
 * io.github.dxlcdi.compatibility.Server#all}, and a line in the POM that brings its files. Nothing of a test runs inside a server: it is watched over HTTP, by its log,
 * and by the JDK's {@code jcmd}.
 */
package io.github.dxlcdi.compatibility;
