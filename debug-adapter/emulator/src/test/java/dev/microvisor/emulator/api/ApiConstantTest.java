package dev.microvisor.emulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.EnumType;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiConstantTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                ChannelType.class,
                ClosureReason.class,
                ConfigFetchResult.class,
                ConfigItemResult.class,
                ConfigScope.class,
                ConfigStore.class,
                DeepSleepMode.class,
                EventType.class,
                HttpResult.class,
                MqttAuthenticationMethod.class,
                MqttLostReason.class,
                MqttReadable.class,
                MqttRequestState.class,
                MqttVersion.class,
                NetworkReason.class,
                NetworkStatus.class,
                PowerSavingMode.class,
                RestartMode.class,
                Status.class,
                SystemSource.class,
                WakeReason.class,
                WifiConfigMode.class
            })
    void theConstantsAreThoseOfTheCatalogInItsOrder(Class<?> type) {
        ApiConstant[] constants = (ApiConstant[]) type.getEnumConstants();
        EnumType inCatalog = Catalog.bundled().enumeration(constants[0].enumName()).orElseThrow();
        assertThat(Arrays.stream(constants).map(ApiConstant::constantName))
                .containsExactlyElementsOf(
                        inCatalog.constants().stream().map(EnumType.Constant::name).toList());
        for (ApiConstant constant : constants) {
            assertThat((long) constant.code())
                    .isEqualTo(inCatalog.constant(constant.constantName()).orElseThrow().value());
        }
    }
}
