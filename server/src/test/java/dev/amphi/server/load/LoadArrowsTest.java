package dev.amphi.server.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Coders run in the load generator's own process, never in the node's. */
@AnalyzeClasses(packages = "dev.amphi.server", importOptions = ImportOption.DoNotIncludeTests.class)
class LoadArrowsTest {
  @ArchTest
  static final ArchRule onlyTheLoadGeneratorCodes =
      noClasses()
          .that()
          .resideInAPackage("dev.amphi.server..")
          .and()
          .resideOutsideOfPackage("dev.amphi.server.load..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.amphi.composer.ffmpeg..", "org.bytedeco..");

  @ArchTest
  static final ArchRule theNodeDoesNotKnowTheLoadGenerator =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.amphi.server.load..", "dev.amphi.server.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.amphi.server.load..");

  @ArchTest
  static final ArchRule pictureSoundAndClockArePure =
      noClasses()
          .that()
          .resideInAPackage("dev.amphi.server.load.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "java.io..",
              "java.time..",
              "io.vertx..",
              "dev.amphi.composer.ffmpeg..");
}
