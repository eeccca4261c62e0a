/**
 * The example's page as people see it: in a browser, on a real Open Liberty, light and dark, wide and narrow. Only the
 * build calls what is here, after the tests of the server. It never changes the page to look at it: the policy of what it
 * may load stands, and only keys and clicks act on it.
 */
package io.github.dxlcdi.browser;
