module.exports = { title: 'Lights', url: 'https://lights.example', baseUrl: '/', presets: ['classic'] };
