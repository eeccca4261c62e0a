package io.github.dxlcdi.fabric;

/**
 * What a client shows to be let in: a certificate of the fabric's authority and its key.
 *
 * @param certificatePem the certificate, PEM
 * @param privateKeyPem its key, RSA 2048, unencrypted PKCS#8 PEM
 * @param thumbprint SHA-1 of the certificate, 40 hexadecimal digits: the {@code sourceClientId} of what the client sends
 */
public record ClientIdentity(String certificatePem, String privateKeyPem, String thumbprint) {

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ClientIdentity[" + thumbprint + "]";
    }
}
