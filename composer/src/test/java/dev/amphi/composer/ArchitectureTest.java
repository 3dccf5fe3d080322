package dev.amphi.composer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.amphi.composer");

  private static final String[] LOGIC = {
    "..composer.api..",
    "..composer.layout..",
    "..composer.scene..",
    "..composer.timing..",
    "..composer.audio..",
    "..composer.codec..",
    "..composer.load..",
    "..composer.composition.."
  };

  @Test
  void seesTheModule() {
    assertThat(CLASSES.size()).isGreaterThan(40);
  }

  @Test
  void onlyFfmpegKnowsTheNativeBindings() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..composer.ffmpeg..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onlyLetteringAndSlidesKnowJava2d() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..composer.lettering..", "..composer.slides..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.awt..")
        .check(CLASSES);
  }

  @Test
  void onlySlidesKnowPdf() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..composer.slides..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.pdfbox..")
        .check(CLASSES);
  }

  @Test
  void logicHasNoCodecsProcessesSocketsOrClocks() {
    noClasses()
        .that()
        .resideInAnyPackage(LOGIC)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..composer.ffmpeg..",
            "..composer.lettering..",
            "..composer.process..",
            "..composer.slides..",
            "java.net..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(LOGIC)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void layoutIsArithmeticAlone() {
    classes()
        .that()
        .resideInAPackage("..composer.layout..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("..composer.layout..", "java.lang..", "java.util..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void dependsOnNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.amphi.interactive..",
            "dev.amphi.packager..",
            "dev.amphi.cluster..",
            "dev.amphi.server..")
        .check(CLASSES);
  }
}
