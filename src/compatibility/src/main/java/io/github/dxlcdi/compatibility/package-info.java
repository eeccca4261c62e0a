/**
 * The smallest application that uses all that a server has to offer an observer: request scope, transactions, names, other
 * threads. The tests of this module deploy it on each server, unchanged, and ask it over HTTP. It knows no server, and
 * nothing in it depends on one.
 */
package io.github.dxlcdi.compatibility;
