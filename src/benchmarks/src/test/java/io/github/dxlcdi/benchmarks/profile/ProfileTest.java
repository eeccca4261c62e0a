package io.github.dxlcdi.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void a_stack_counts_for_the_innermost_part_of_the_way() {
        assertThat(Profile.shares("""
                        java/lang/Thread.run;io/netty/handler/ssl/SslHandler.unwrap;javax/crypto/Cipher.doFinal;counterMode_AESCrypt 3
                        java/lang/Thread.run;io/github/dxlcdi/client/dispatch/DeliveryThreads.deliverAll;io/github/dxlcdi/tie/json/PayloadReader.text;java/lang/String.<init> 2
                        java/lang/Thread.run;io/netty/util/concurrent/SingleThreadEventExecutor$5.run 1
                        start_thread;CompileBroker::compiler_thread_loop 2
                        """))
                .isEqualTo(Map.of(Stage.TLS, 0.375, Stage.RECORD, 0.25, Stage.REST, 0.125, Stage.JVM, 0.25));
    }
}
