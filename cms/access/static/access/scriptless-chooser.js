// Starts a chooser from data attributes; also when a row with a chooser is added to a form later.
(() => {
  const { Controller } = window.StimulusModule;

  class ScriptlessChooser extends Controller {
    static values = { field: String, kind: String, options: Object };

    connect() {
      if (this.element.dataset.started) return;
      this.element.dataset.started = 'true';
      const Chooser = window[this.kindValue];
      this.chooser = new Chooser(this.fieldValue, this.optionsValue);
    }
  }

  window.wagtail.app.register('scriptless-chooser', ScriptlessChooser);
})();
