const recognizer = document.querySelector('digit-recognizer');
recognizer.addEventListener('change', () => {
  document.querySelector('#answer').textContent = recognizer.value;
});

navigator.serviceWorker.register('service-worker.js');
