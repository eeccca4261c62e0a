package io.github.dxlcdi.client.spi;

/** What a configuration may say of TLS beyond the API of the OpenDXL Java client; {@code DxlClientConfig} implements it. */
public interface TlsSettings {
    /** The passphrase of an encrypted private key, or of a key store; copied. Null: there is none. */
    void setPrivateKeyPassword(char[] password);

    /**
     * Whose TLS is spoken: {@code jdk}, {@code openssl}, or {@code auto} for OpenSSL's where it is there.
     *
     * @throws IllegalArgumentException if it is another word
     */
    void setTlsProvider(String provider);

    /** Whether a broker's certificate must have the extended key usage serverAuth; by default it need not. */
    void setExtendedKeyUsageVerificationEnabled(boolean enabled);
}
