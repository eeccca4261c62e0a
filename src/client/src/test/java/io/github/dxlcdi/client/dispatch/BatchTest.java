package io.github.dxlcdi.client.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void many_threads_claim_each_place_once() throws Exception {
        Batch<Integer> batch = batch(200_000);
        List<CompletableFuture<List<Integer>>> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            claims.add(CompletableFuture.supplyAsync(() -> claimAll(batch), task -> new Thread(task).start()));
        }

        List<Integer> claimed = new ArrayList<>();
        for (CompletableFuture<List<Integer>> claim : claims) {
            claimed.addAll(claim.get(30, TimeUnit.SECONDS));
        }

        assertThat(claimed).hasSize(200_000);
        assertThat(claimed.stream().distinct().count()).isEqualTo(200_000);
    }

    @Test
    void what_was_dropped_can_no_longer_be_claimed() {
        Batch<Integer> batch = batch(3);
        assertThat(batch.claim()).isZero();

        assertThat(batch.drop()).isEqualTo(2);

        assertThat(batch.claim()).isNegative();
        assertThat(batch.left()).isZero();
        assertThat(batch.drop()).isZero();
    }

    @Test
    void it_holds_no_longer_what_was_taken() {
        Batch<Integer> batch = batch(2);

        assertThat(batch.take(batch.claim())).isZero();

        assertThat(batch.take(0)).isNull();
        assertThat(batch.left()).isEqualTo(1);
    }

    private static Batch<Integer> batch(int size) {
        Batch<Integer> batch = new Batch<>();
        for (int i = 0; i < size; i++) {
            batch.add(i, 1);
        }
        return batch;
    }

    private static List<Integer> claimAll(Batch<Integer> batch) {
        List<Integer> claimed = new ArrayList<>();
        for (int place = batch.claim(); place >= 0; place = batch.claim()) {
            claimed.add(place);
        }
        return claimed;
    }
}
