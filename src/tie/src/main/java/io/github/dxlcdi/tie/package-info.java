/**
 * What a TIE server and its endpoints publish on the fabric, as records with the fields' own names. Applications and the
 * extension for CDI read and make them; they are immutable and safe for any thread. Nothing here connects, subscribes or
 * calls back.
 */
package io.github.dxlcdi.tie;
